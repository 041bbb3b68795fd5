using Microsoft.VisualStudio.TestTools.UnitTesting;

// More than there are cores: these tests mostly wait, for a broker or for a backoff.
[assembly: Parallelize(Workers = 6, Scope = ExecutionScope.MethodLevel)]
