using System;
using System.Text.Json;

namespace Makapix.Conformance;

/// <summary>System.Text.Json, made strict where it leaves something to its caller.</summary>
public static class ParserOracle
{
    private const int MaxDepth = 16;

    /// <summary>Whether the payload is RFC 8259, well-formed text throughout, and nested no deeper than the device allows.</summary>
    public static bool IsSyntax(byte[] payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    // Ill-formed text, in bytes or in escapes, shows only when somebody asks for it.
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The same, and no name comes twice in one object.</summary>
    public static bool IsUnambiguous(byte[] payload)
    {
        if (!IsSyntax(payload))
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
