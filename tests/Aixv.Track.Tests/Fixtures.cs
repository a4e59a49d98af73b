using Aixv.Track.Tests.Storage;

[assembly: AssemblyFixture(typeof(PostgresCluster))]
