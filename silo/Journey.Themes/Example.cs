using Microsoft.ML;
using Microsoft.ML.Data;

namespace Journey.Themes;

/// <summary>A text as numbers, and whether it has the theme that is learnt.</summary>
internal sealed class Example
{
    public VBuffer<float> Features { get; set; }

    public bool Label { get; set; }

    /// <summary>The numbers' count must be told; all of one model have as many.</summary>
    public static IDataView View(MLContext context, IEnumerable<Example> examples, int numbers)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, numbers);
        return context.Data.LoadFromEnumerable(examples, schema);
    }
}
