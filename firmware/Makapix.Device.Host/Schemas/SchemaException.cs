using System;

namespace Makapix.Device.Host.Schemas;

/// <summary>A schema that cannot be compiled, or a compiled one that is out of date: <c>MKX-SCHEMA-NNN</c>.</summary>
public sealed class SchemaException(string number, string cause, string nextStep, Exception? inner = null)
    : MakapixException($"MKX-SCHEMA-{number}", cause, nextStep, inner);
