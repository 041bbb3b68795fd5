namespace Makapix.Device.Connection
{
    /// <summary>
    /// Small files that survive a power cut, or may: it can be missing, full or worn, and a write that power ended may leave anything in that one file.
    /// None of its members throws, but <see cref="Exists"/> where it cannot tell, for want of memory.
    /// </summary>
    public interface IStorage
    {
        /// <summary>Whether there is such a file.</summary>
        bool Exists(string name);

        /// <summary>The bytes of a file; null if it is not there, cannot be read, or is no small one.</summary>
        byte[]? Read(string name);

        /// <summary>Replaces a file. False if it could not, as far as that can be told: whoever depends on it reads it again.</summary>
        bool Write(string name, byte[] data);

        /// <summary>Deletes a file, if that can be done.</summary>
        void Delete(string name);
    }
}
