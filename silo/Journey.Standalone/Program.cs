using Journey.Silo;
using Journey.Standalone;

return await Start.Run(() => StandaloneHost.Build(args));
