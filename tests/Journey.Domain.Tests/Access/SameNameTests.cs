using Journey.Contracts.Access;

namespace Journey.Domain.Tests.Access;

public sealed class SameNameTests
{
    [Theory]
    [InlineData("Nora Huber", "Huber", true)]
    [InlineData("NORA HUBER", "huber", true)]
    [InlineData("Huber, Nora", "Huber", true)]
    [InlineData("Dr. Nora Huber, RN", "Huber", true)]
    [InlineData("Nora Maier-Huber", "Huber", true)]
    [InlineData("Nora Huber", "Maier-Huber", true)]
    [InlineData("José García", "Garcia Lopez", true)]
    [InlineData("Ana de la Cruz", "de la Cruz", true)]
    [InlineData("Jan van den Berg", "van den Berg", true)]
    [InlineData("Max Groß", "Gross", true)]
    [InlineData("Max Müller", "Mueller", true)]
    [InlineData("Jana Dvořáková", "DVORAKOVA", true)]
    [InlineData("Minh Li", "Li", true)]
    [InlineData("Nora Huber", "Nora", false)]
    [InlineData("Anna Maria Huber", "Maria", false)]
    [InlineData("Ana de Souza", "de Silva", false)]
    [InlineData("Jan van Dam", "van Berg", false)]
    [InlineData("Nora Huber", null, false)]
    [InlineData(null, "Huber", false)]
    [InlineData("Huber", "Huber", false)]
    [InlineData("", "", false)]
    public void A_surname_is_the_same_whatever_its_letters_and_by_one_part_of_it(string? employee, string? patient, bool isSame) =>
        Assert.Equal(isSame, SameName.IsSurname(employee, patient));

    [Theory]
    [InlineData("Nora Huber", "Huber", "Nora", true)]
    [InlineData("Nora Huber", "Huber", "Nora Maria", true)]
    [InlineData("Huber, Nora", "HUBER", "NORA", true)]
    [InlineData("Juan García López", "García López", "Juan", true)]
    [InlineData("Nora Huber", "Huber", "Max", false)]
    [InlineData("Nora Huber", "Maier", "Nora", false)]
    [InlineData("Nora Huber", "Huber", null, false)]
    [InlineData("Nora Maier-Huber", "Huber", "Nora", false)]
    public void One_is_oneself_by_first_and_last_name(string? employee, string? family, string? given, bool isSame) =>
        Assert.Equal(isSame, SameName.IsWhole(employee, family, given));
}
