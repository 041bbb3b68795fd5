using Microsoft.VisualStudio.TestTools.UnitTesting;

// More than there are cores: many of these tests wait for a tool, a server or another process.
[assembly: Parallelize(Workers = 4, Scope = ExecutionScope.MethodLevel)]
