using Journey.Silo;
using Journey.Standalone;

if (args is [DoubtsCommand.Verb, ..]) return await DoubtsCommand.Run(args);
if (args is [AuditCommand.Verb, ..]) return await AuditCommand.Run(args);
if (args is [KeysCommand.Verb, ..]) return await KeysCommand.Run(args);
if (args is [MigrateCommand.Verb, ..]) return await MigrateCommand.Run(args);
if (args is [MoveCommand.Verb, ..]) return await MoveCommand.Run(args);
return await Start.Run(() => StandaloneHost.Build(args));
