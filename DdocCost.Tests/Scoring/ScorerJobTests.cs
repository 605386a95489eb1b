using DdocCost.Domain.Normalise;
using DdocCost.Domain.Scoring;
using static DdocCost.Tests.Scoring.Sandbox;

namespace DdocCost.Tests.Scoring;

/// <summary>What is said of what automation does at its hours, and of what only looks like that.</summary>
public sealed class ScorerJobTests
{
    [Fact]
    public void Does_not_take_a_mistake_for_a_job_because_its_automation_cleaned_it_up_days_later()
    {
        var (job, mistake) = (Sandbox.New(), Sandbox.New());
        Run(job, TimeSpan.FromHours(3));
        Run(mistake, TimeSpan.FromHours(50));

        var later = At(FourthWeek.AddDays(5), usdPerHour: 3, id: "later", actor: "role/backup", kind: ActorKind.Automation);

        Assert.True(mistake.Score(later).Score > job.Score(later).Score);

        static void Run(AccountScorer scorer, TimeSpan life)
        {
            var start = new Happening { Id = "once", Time = FourthWeek, Actor = "role/backup", Kind = ActorKind.Automation, UsdPerHour = 3 };
            Assert.True(scorer.Score(start.ToCostedEvent()).Severity >= Severity.Warning);
            scorer.Score(Happening.StopOf(start, FourthWeek + life).ToCostedEvent());
        }
    }

    [Fact]
    public void Is_used_to_a_nightly_batch_that_stops_what_it_starts_after_one_night()
    {
        var scorer = Sandbox.New();
        Assert.Equal(Severity.Critical, Night(0));

        Assert.All([Night(1), Night(2), Night(3)], severity => Assert.True(severity < Severity.Warning));

        Severity Night(int night)
        {
            var loudest = Severity.None;
            var batch = Enumerable.Range(0, 6).Select(i => new Happening
            {
                Id = $"batch{night}-{i}",
                Time = FourthWeek.AddDays(night).AddHours(2).AddSeconds(i),
                Actor = "role/airflow",
                Kind = ActorKind.Automation,
                Size = "r5.4xlarge",
                UsdPerHour = 2,
            }).ToArray();
            foreach (var start in batch)
            {
                var severity = scorer.Score(start.ToCostedEvent()).Severity;
                loudest = severity > loudest ? severity : loudest;
            }

            foreach (var start in batch)
            {
                scorer.Score(Happening.StopOf(start, start.Time.AddHours(3)).ToCostedEvent());
            }

            return loudest;
        }
    }

    [Fact]
    public void Is_used_to_a_nightly_batch_though_the_same_automation_made_a_mistake_before()
    {
        var scorer = Sandbox.New();
        Run("mistake", FourthWeek.AddHours(14));
        var nights = Enumerable.Range(1, 4).Select(night => Run($"night{night}", FourthWeek.AddDays(night).AddHours(2))).ToArray();

        Assert.True(nights[0] >= Severity.Warning);
        Assert.All(nights[2..], severity => Assert.True(severity < Severity.Warning));

        Severity Run(string id, DateTimeOffset time)
        {
            var start = new Happening { Id = id, Time = time, Actor = "role/airflow", Kind = ActorKind.Automation, UsdPerHour = 12 };
            var severity = scorer.Score(start.ToCostedEvent()).Severity;
            scorer.Score(Happening.StopOf(start, time.AddHours(3)).ToCostedEvent());
            return severity;
        }
    }

    [Fact]
    public void Finds_a_nightly_batch_ordinary_at_its_hour_and_odd_at_another()
    {
        var (byNight, byDay) = (Batches(), Batches());

        var usual = byNight.Score(Batch(28, hour: 2).ToCostedEvent());
        var odd = byDay.Score(Batch(28, hour: 14).ToCostedEvent());

        Assert.Equal(Severity.None, usual.Severity);
        Assert.True(odd.Severity >= Severity.Warning, $"{odd.Score:0}");
        Assert.Contains(odd.Components, component => component.Text == "not at the hour at which airflow starts ec2:instance");

        static AccountScorer Batches()
        {
            var scorer = Sandbox.New();
            for (var night = 0; night < 28; night++)
            {
                var batch = Batch(night, hour: 2);
                scorer.Score(batch.ToCostedEvent());
                scorer.Score(Happening.StopOf(batch, batch.Time.AddHours(3)).ToCostedEvent());
            }

            return scorer;
        }

        static Happening Batch(int night, int hour) =>
            new() { Id = $"batch{night}", Time = FourthWeek.AddDays(night).AddHours(hour), UsdPerHour = 60, Actor = "role/airflow", Kind = ActorKind.Automation };
    }
}
