using Journey.Client.Live;

// Server and unit, such as http://127.0.0.1:5080 ED; where people sign in, a bearer token behind them.
await using var connection = new BoardConnection(new()
{
    Servers = [new Uri(args[0])],
    AccessToken = args is [_, _, var token] ? () => Task.FromResult<string?>(token) : null,
});
var board = connection.Watch(unit: args[1]);
board.Changed += Print;
connection.Changed += Print;
connection.Start();
await Task.Delay(Timeout.Infinite);

void Print()
{
    if (board.Refusal is { } code) Console.WriteLine($"The board is refused: {code}");
    if (board.Board is not { } now) return;
    Console.WriteLine($"{now.Name}, {(connection.IsLive ? "live" : $"not live since {connection.TrueAt:HH:mm:ss}")}:");
    foreach (var row in now.Rows)
        Console.WriteLine($"  {row.Place ?? "-",-14} {row.Patient.Name,-24} {row.Step,-10} {string.Join(", ", row.Alerts.Select(alert => alert.Says))}");
}
