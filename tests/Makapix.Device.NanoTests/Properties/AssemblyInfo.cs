using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("NFUnitTest")]
[assembly: AssemblyCompany("Makapix")]
[assembly: AssemblyProduct("Makapix.Device")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: ComVisible(false)]
