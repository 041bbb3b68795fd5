using System;
using System.IO;
using Makapix.Device.Connection;

namespace Makapix.Device.App
{
    /// <summary>Small files on I:, nanoFramework's LittleFS. It is not encrypted by default and anybody with a clip can write it: nothing secret, nothing trusted.</summary>
    internal sealed class FlashStorage : IStorage
    {
        private const string Root = "I:\\";
        private const long MaxLength = 1024;

        public bool Exists(string name)
        {
            try
            {
                // Not Directory.GetFiles, which lists no file that ends in .sys, as nanoCLR's own all do: a planted CA bundle would not be found. Not File.Exists:
                // that is false too when memory runs out.
                File.GetAttributes(Root + name);
                return true;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // It is not there (IOException); or there is no I:, or none that can be read (a plain Exception): nanoCLR reads its own store by the same driver.
                return false;
            }
        }

        public byte[]? Read(string name)
        {
            try
            {
                string path = Root + name;
                return File.Exists(path) && new FileInfo(path).Length <= MaxLength ? File.ReadAllBytes(path) : null;
            }
            catch (Exception)
            {
                return null;
            }
        }

        public bool Write(string name, byte[] data)
        {
            try
            {
                File.WriteAllBytes(Root + name, data);
                return true;
            }
            catch (Exception)
            {
                // Full, worn or missing.
                return false;
            }
        }

        public void Delete(string name)
        {
            try
            {
                File.Delete(Root + name);
            }
            catch (Exception)
            {
                // Whoever asked looks whether it is gone.
            }
        }
    }
}
