using System;
using System.IO;

namespace Makapix.Device.App
{
    /// <summary>
    /// nanoFramework's own certificate store, files on I:. nanoCLR trusts its CA bundle (XB1) in addition to the root that is passed to it, so whoever can
    /// write there, by the debug protocol for one, could put an impostor's CA beside ours. Our identity lies elsewhere; these files must not be.
    /// </summary>
    internal static class CertificateStore
    {
        private static readonly string[] Files = new string[] { "I:\\con_XB1_0.sys", "I:\\con_XD1_0.sys" };

        /// <summary>Deletes what is there. False if something still is.</summary>
        /// <param name="wasEmpty">Whether there was nothing.</param>
        public static bool Clear(out bool wasEmpty)
        {
            wasEmpty = true;
            try
            {
                foreach (string file in Files)
                {
                    if (File.Exists(file))
                    {
                        wasEmpty = false;
                        File.Delete(file);
                    }
                }

                return wasEmpty || !(File.Exists(Files[0]) || File.Exists(Files[1]));
            }
            catch (Exception)
            {
                // No file system, or a broken one: what nanoCLR trusts beside our root cannot be known.
                wasEmpty = false;
                return false;
            }
        }
    }
}
