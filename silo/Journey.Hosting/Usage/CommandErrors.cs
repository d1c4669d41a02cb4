namespace Journey.Hosting.Usage;

/// <summary>How a command says what is wrong with what it was given: on the error output, and by its exit code.</summary>
public static class CommandErrors
{
    /// <summary>As sysexits.h has it: the input is not what it should be.</summary>
    public const int WrongInput = 65;

    /// <returns>The command's own exit code, <see cref="CommandLine.Wrong"/> or <see cref="WrongInput"/>.</returns>
    public static async Task<int> Tell(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CommandLine.Wrong;
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongInput;
        }
    }
}
