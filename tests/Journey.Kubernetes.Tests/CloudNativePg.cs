using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>What we use of CloudNativePG's kinds (its API reference, postgresql.cnpg.io/v1): no more than that is accepted.</summary>
public static class CloudNativePg
{
    public sealed class Cluster : Resource<ClusterSpec>;

    public sealed class ScheduledBackup : Resource<ScheduledBackupSpec>;

    public abstract class Resource<TSpec>
    {
        public string? ApiVersion { get; set; }
        public string? Kind { get; set; }
        public V1ObjectMeta? Metadata { get; set; }
        public TSpec? Spec { get; set; }
    }

    public sealed class ClusterSpec
    {
        public int Instances { get; set; }
        public string? ImageName { get; set; }
        public int? MinSyncReplicas { get; set; }
        public int? MaxSyncReplicas { get; set; }
        public Storage? Storage { get; set; }
        public Storage? WalStorage { get; set; }
        public Bootstrap? Bootstrap { get; set; }
        public Managed? Managed { get; set; }
        public Configuration? Postgresql { get; set; }
        public V1ResourceRequirements? Resources { get; set; }
        public Backup? Backup { get; set; }
    }

    public sealed class Storage
    {
        public string? Size { get; set; }
    }

    public sealed class Bootstrap
    {
        public InitDb? Initdb { get; set; }
    }

    public sealed class InitDb
    {
        public string? Database { get; set; }
        public string? Owner { get; set; }
        public Reference? Secret { get; set; }
    }

    public sealed class Reference
    {
        public string? Name { get; set; }
    }

    public sealed class Managed
    {
        public List<Role>? Roles { get; set; }
    }

    public sealed class Role
    {
        public string? Name { get; set; }
        public bool? Login { get; set; }
        public Reference? PasswordSecret { get; set; }
    }

    public sealed class Configuration
    {
        public Dictionary<string, string>? Parameters { get; set; }
    }

    public sealed class Backup
    {
        public string? RetentionPolicy { get; set; }
        public ObjectStore? BarmanObjectStore { get; set; }
    }

    public sealed class ObjectStore
    {
        public string? DestinationPath { get; set; }
        public S3Credentials? S3Credentials { get; set; }
        public Wal? Wal { get; set; }
    }

    public sealed class S3Credentials
    {
        public V1SecretKeySelector? AccessKeyId { get; set; }
        public V1SecretKeySelector? SecretAccessKey { get; set; }
    }

    public sealed class Wal
    {
        public string? Compression { get; set; }
    }

    public sealed class ScheduledBackupSpec
    {
        public string? Schedule { get; set; }
        public string? BackupOwnerReference { get; set; }
        public Reference? Cluster { get; set; }
    }
}
