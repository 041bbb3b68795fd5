namespace Makapix.Provisioning.Broker.Lint;

/// <summary>What a file is, by what is in it.</summary>
internal enum LintFileKind
{
    /// <summary>mosquitto.conf(5).</summary>
    Configuration,

    /// <summary>Its <c>acl_file</c>.</summary>
    AccessList,

    /// <summary>Its <c>password_file</c>.</summary>
    Passwords,

    /// <summary>A compose file.</summary>
    Compose,
}
