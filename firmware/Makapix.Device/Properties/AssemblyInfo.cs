using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Makapix.Device")]
[assembly: AssemblyCompany("Makapix")]
[assembly: AssemblyProduct("Makapix.Device")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: ComVisible(false)]
