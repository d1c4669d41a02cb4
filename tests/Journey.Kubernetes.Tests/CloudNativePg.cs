using k8s;
using k8s.Models;

namespace Journey.Kubernetes.Tests;

/// <summary>The fields of CloudNativePG's kinds that we use, and no others: a new one is looked up in its reference and added here.</summary>
internal abstract class CustomObject : IKubernetesObject<V1ObjectMeta>
{
    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public V1ObjectMeta Metadata { get; set; } = new();
}

internal sealed class PostgresCluster : CustomObject
{
    public ClusterSpec Spec { get; set; } = new();

    internal sealed class ClusterSpec
    {
        public int Instances { get; set; }
        public bool EnableSuperuserAccess { get; set; }
        public Bootstrap Bootstrap { get; set; } = new();
        public Managed Managed { get; set; } = new();
        public Postgresql Postgresql { get; set; } = new();
        public Volume Storage { get; set; } = new();
        public Volume? WalStorage { get; set; }
        public V1ResourceRequirements? Resources { get; set; }
        public List<Plugin> Plugins { get; set; } = [];
    }

    internal sealed class Bootstrap
    {
        public Initdb Initdb { get; set; } = new();
    }

    internal sealed class Initdb
    {
        public string Database { get; set; } = "";
        public string Owner { get; set; } = "";
        public V1LocalObjectReference Secret { get; set; } = new();
        public bool DataChecksums { get; set; }
    }

    internal sealed class Managed
    {
        public List<Role> Roles { get; set; } = [];
    }

    internal sealed class Role
    {
        public string Name { get; set; } = "";
        public string Ensure { get; set; } = "";
        public bool Login { get; set; }
        public V1LocalObjectReference PasswordSecret { get; set; } = new();
    }

    internal sealed class Postgresql
    {
        public Dictionary<string, string> Parameters { get; set; } = [];
        public Synchronous? Synchronous { get; set; }
    }

    internal sealed class Synchronous
    {
        public string Method { get; set; } = "";
        public int Number { get; set; }
        public string DataDurability { get; set; } = "";
    }

    internal sealed class Volume
    {
        public string Size { get; set; } = "";
    }

    internal sealed class Plugin
    {
        public string Name { get; set; } = "";
        public bool IsWALArchiver { get; set; }
        public Dictionary<string, string> Parameters { get; set; } = [];
    }
}

internal sealed class ScheduledBackup : CustomObject
{
    public BackupSpec Spec { get; set; } = new();

    internal sealed class BackupSpec
    {
        public string Schedule { get; set; } = "";
        public bool Immediate { get; set; }
        public string BackupOwnerReference { get; set; } = "";
        public V1LocalObjectReference Cluster { get; set; } = new();
        public string Method { get; set; } = "";
        public V1LocalObjectReference PluginConfiguration { get; set; } = new();
    }
}

internal sealed class ObjectStore : CustomObject
{
    public StoreSpec Spec { get; set; } = new();

    internal sealed class StoreSpec
    {
        public string RetentionPolicy { get; set; } = "";
        public Store Configuration { get; set; } = new();
    }

    internal sealed class Store
    {
        public string DestinationPath { get; set; } = "";
        public string EndpointURL { get; set; } = "";
        public Credentials S3Credentials { get; set; } = new();
        public Kept Wal { get; set; } = new();
        public Kept Data { get; set; } = new();
    }

    internal sealed class Credentials
    {
        public V1SecretKeySelector AccessKeyId { get; set; } = new();
        public V1SecretKeySelector SecretAccessKey { get; set; } = new();
    }

    internal sealed class Kept
    {
        public string Compression { get; set; } = "";
        public string Encryption { get; set; } = "";
    }
}
