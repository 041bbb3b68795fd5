using System.Diagnostics;

namespace Makapix.Device.App
{
    /// <summary>The debugger's output window. Compiled away without DEBUG: a released device says nothing on its serial port.</summary>
    internal sealed class DebugLog : IDeviceLog
    {
        public void Write(string line) => Debug.WriteLine(line);

        public void Step(string line) => Debug.WriteLine(line);
    }
}
