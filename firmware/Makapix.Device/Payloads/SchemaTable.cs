namespace Makapix.Device.Payloads
{
    /// <summary>
    /// How a compiled schema lies in its bytes. The compiler writes it, the guard reads it; both take the numbers from here. All numbers are little-endian.
    /// <code>
    /// header    root u16, slots u8 (how many values are captured)
    /// node      types u8, sections u8, then each section that is marked, in the order of its bits; each begins with its length u8, itself included
    /// object    minimum u16, maximum u16, additional node u16, n u8, then n times: name u16, node u16, mark u8
    /// switch    property u8, n u8, then n times: value u16, node u16
    /// array     minimum u16, maximum u16, items node u16, n u8, then n times: prefix item node u16
    /// values    n u8, then n times: value u16
    /// number    marks u8, then, where marked: minimum u16, maximum u16, multipleOf u32
    /// string    minimum u16, maximum u16, format u8
    /// text      length u8, bytes: a name without quotes; a number or literal as in JSON; a string with its first quote. What a name, value or bound refers to.
    /// </code>
    /// An object with a switch is <c>oneOf</c> by a discriminator: the object section is what is common to all of its branches, and each branch is a node that
    /// repeats the common properties at the same places.
    /// </summary>
    internal static class SchemaTable
    {
        /// <summary>Node that everything satisfies.</summary>
        public const int Any = 0;

        /// <summary>Node that nothing satisfies.</summary>
        public const int Nothing = 1;

        /// <summary>Bytes before the first node or text.</summary>
        public const int HeaderLength = 3;

        /// <summary>Where the header has the number of captured values.</summary>
        public const int SlotCountAt = 2;

        /// <summary>Types of a node. An integer is a number without a fraction.</summary>
        public const int Null = 1, Boolean = 2, Integer = 4, Number = 8, String = 16, Array = 32, Object = 64;

        /// <summary>Sections of a node.</summary>
        public const int ObjectSection = 1, SwitchSection = 2, ArraySection = 4, ValuesSection = 8, NumberSection = 16, StringSection = 32;

        /// <summary>Upper limit of a length or count that is none.</summary>
        public const int Unlimited = 0xFFFF;

        /// <summary>Object, switch and array: where their entries begin, and how long one is.</summary>
        public const int ObjectEntries = 8, ObjectEntry = 5, SwitchEntries = 3, SwitchEntry = 4, ArrayEntries = 8, ArrayEntry = 2;

        /// <summary>Most properties of an object: the guard keeps one bit for each.</summary>
        public const int MaxProperties = 32;

        /// <summary>Marks of a property: required; refined by the branches of a switch. The rest is the slot of its value.</summary>
        public const int Required = 0x80, Refined = 0x40, SlotMask = 0x3F;

        /// <summary>Slot of what is not captured.</summary>
        public const int NoSlot = 0x3F;

        /// <summary>Marks of a number: which bounds there are, which of them are exclusive, and a divisor.</summary>
        public const int Minimum = 1, ExclusiveMinimum = 2, Maximum = 4, ExclusiveMaximum = 8, MultipleOf = 16;

        /// <summary>Formats of a string.</summary>
        public const int NoFormat = 0, UuidFormat = 1, DateTimeFormat = 2;
    }
}
