using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Makapix.Device.App")]
[assembly: AssemblyCompany("Makapix")]
[assembly: AssemblyProduct("Makapix.Device")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: ComVisible(false)]
