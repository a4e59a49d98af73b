using Aixv.Protocol.Tests;

[assembly: AssemblyFixture(typeof(VirtualSigstore))]
