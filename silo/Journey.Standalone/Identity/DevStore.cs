using Microsoft.EntityFrameworkCore;

namespace Journey.Standalone.Identity;

/// <summary>What the provider of Development remembers: its clients, and the codes and tokens it gave.</summary>
internal sealed class DevStore(DbContextOptions<DevStore> options) : DbContext(options);
