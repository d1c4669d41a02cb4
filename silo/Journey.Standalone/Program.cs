using Journey.Silo;
using Journey.Standalone;

return await Commands.Run(args, () => StandaloneHost.Build(args));
