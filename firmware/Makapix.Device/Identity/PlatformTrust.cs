using Makapix.Device.Connection;

namespace Makapix.Device.Identity
{
    /// <summary>
    /// nanoFramework's own certificate store, files on I:. nanoCLR trusts the CA bundle in it (XB1) in addition to the root that is passed to it, so whoever
    /// can write there, by the debug protocol for one, could put an impostor's CA beside ours. Our identity lies elsewhere; these files must not be.
    /// </summary>
    public static class PlatformTrust
    {
        /// <summary>
        /// Deletes what is there. Where there is no storage there is nothing to trust either: nanoCLR reads its store by the same driver.
        /// </summary>
        public static PlatformTrustState Clear(IStorage storage)
        {
            string[] names = new string[] { "con_XB1_0.sys", "con_XD1_0.sys" };
            PlatformTrustState state = PlatformTrustState.Empty;
            foreach (string name in names)
            {
                if (storage.Exists(name))
                {
                    storage.Delete(name);
                    if (storage.Exists(name))
                    {
                        return PlatformTrustState.Foreign;
                    }

                    state = PlatformTrustState.Cleared;
                }
            }

            return state;
        }
    }
}
