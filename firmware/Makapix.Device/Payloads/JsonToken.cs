namespace Makapix.Device.Payloads
{
    /// <summary>What <see cref="JsonReader.Read"/> stands on.</summary>
    public enum JsonToken
    {
        /// <summary>Nothing yet, or the text is over.</summary>
        None,

        /// <summary>{</summary>
        BeginObject,

        /// <summary>}</summary>
        EndObject,

        /// <summary>[</summary>
        BeginArray,

        /// <summary>]</summary>
        EndArray,

        /// <summary>A member's name, without its quotes, escapes not undone.</summary>
        Name,

        /// <summary>A string, likewise.</summary>
        String,

        /// <summary>A number.</summary>
        Number,

        /// <summary>true</summary>
        True,

        /// <summary>false</summary>
        False,

        /// <summary>null</summary>
        Null,
    }
}
