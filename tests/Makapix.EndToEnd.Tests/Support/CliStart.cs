using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Makapix.EndToEnd.Tests.Support;

/// <summary>How a command is started, other than by its arguments.</summary>
internal sealed record CliStart
{
    /// <summary>What its stdin holds: for <c>--passphrase-fd 0</c>.</summary>
    public string Input { get; init; } = "";

    /// <summary>Files that a shell opens for it, by file descriptor, as in <c>3&lt; FILE</c>.</summary>
    public Dictionary<int, string> Descriptors { get; init; } = [];

    /// <summary>Whether the modes of files bind it, also where the tests run as root, whom they do not bind.</summary>
    public bool BoundByModes { get; init; }

    /// <summary>PATH, if not that of the tests.</summary>
    public string? SearchPath { get; init; }

    /// <summary>Where its temporary files go.</summary>
    public string? Temp { get; init; }

    /// <summary>Home of its user.</summary>
    public string? Home { get; init; }

    /// <summary>Folder of <c>makapix.dll</c>, if not the one that was built with the tests.</summary>
    public string? Program { get; init; }

    /// <summary>Folder of the credentials that systemd would hand over.</summary>
    public string? Credentials { get; init; }

    /// <summary>Current folder.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether it has anything that a process alone has.</summary>
    public bool NeedsProcess => BoundByModes || (SearchPath ?? Temp ?? Home ?? Program ?? Credentials ?? Folder) is not null;

    /// <summary>What a file descriptor of it holds; null if there is none.</summary>
    public string? Secret(string descriptor) =>
        descriptor == "0" ? Input
        : int.TryParse(descriptor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Descriptors.TryGetValue(number, out var path) ? File.ReadAllText(path)
        : null;
}
