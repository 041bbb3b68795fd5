using System;

namespace Makapix.Conformance;

/// <summary>The library that the guard is held against could not be asked.</summary>
public sealed class OracleException(string message, Exception? inner = null) : Exception(message, inner);
