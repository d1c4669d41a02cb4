namespace Journey.Kubernetes.Tests;

/// <summary>The fields of cert-manager's kinds that we use, and no others, as with CloudNativePG's.</summary>
internal sealed class CertificateIssuer : CustomObject
{
    public IssuerSpec Spec { get; set; } = new();

    internal sealed class IssuerSpec
    {
        public Nothing? SelfSigned { get; set; }
        public Authority? Ca { get; set; }
    }

    internal sealed class Nothing;

    internal sealed class Authority
    {
        public string SecretName { get; set; } = "";
    }
}

internal sealed class ManagedCertificate : CustomObject
{
    public CertificateSpec Spec { get; set; } = new();

    internal sealed class CertificateSpec
    {
        public bool IsCA { get; set; }
        public string? CommonName { get; set; }
        public string SecretName { get; set; } = "";
        public List<string> DnsNames { get; set; } = [];
        public List<string> Usages { get; set; } = [];
        public string Duration { get; set; } = "";
        public string? RenewBefore { get; set; }
        public Key PrivateKey { get; set; } = new();
        public Reference IssuerRef { get; set; } = new();
    }

    internal sealed class Key
    {
        public string Algorithm { get; set; } = "";
        public int Size { get; set; }
        public string? RotationPolicy { get; set; }
    }

    internal sealed class Reference
    {
        public string Name { get; set; } = "";
        public string Kind { get; set; } = "";
    }
}
