using DdocCost.Jobs.Demo.Calls;
using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>Erratic and harmless: few people, no fixed hours, small things of every kind, now and then another region or a freelancer.</summary>
public sealed class SmallStartup(ulong seed) : AccountLife(new Account(seed, "small-startup", "us-west-2", ["gia", "leo", "zofia"]))
{
    /// <inheritdoc/>
    public override void Live(Day day, CallLog log, Labels labels)
    {
        for (var works = log.Dice.Arrivals(day.IsWorkday ? 5 : 2); works > 0; works--)
        {
            Work(day.At(log.Dice.Between(6, 23)), log, labels);
        }
    }

    private void Work(DateTimeOffset at, CallLog log, Labels labels)
    {
        var dice = log.Dice;
        var who = dice.Chance(0.9) ? Somebody(dice) : Caller.Person(Account, "freelancer" + dice.Whole(1, 40));
        switch (dice.Unit())
        {
            case < 0.6:
                Machine(at, who, log);
                break;
            case < 0.75:
                var volume = log.CreateVolume(at, who, dice.Pick("gp2", "gp3"), dice.Pick(8, 30, 100, 250));
                log.DeleteVolume(at.AddHours(dice.Between(2, 200)), who, volume);
                break;
            case < 0.85:
                var (name, size) = ("db-" + dice.Hex(5), dice.Pick("db.t4g.micro", "db.t3.medium"));
                log.CreateDbInstance(at, who, name, size, gib: 20);
                log.DeleteDbInstance(at.AddHours(dice.Between(3, 120)), who, name, size, gib: 20);
                break;
            case < 0.92:
                var address = log.AllocateAddress(at, who);
                var gateway = log.CreateNatGateway(at.AddMinutes(1), who, address);
                var end = at.AddHours(dice.Between(4, 90));
                log.DeleteNatGateway(end, who, gateway);
                log.ReleaseAddress(end.AddMinutes(5), who, address);
                break;
            default:
                var before = log.EventIds.Count;
                log.CreateTrainingJob(at, who, "try-" + dice.Hex(5), "ml.m5.xlarge", dice.Whole(1, 2), maxHours: 1);
                labels.Decoy("small-novelty", Account, at, [log.EventIds[before]]);
                break;
        }
    }

    private void Machine(DateTimeOffset at, Caller who, CallLog log)
    {
        var dice = log.Dice;
        var region = dice.Chance(0.94) ? Account.Region : dice.Pick("us-east-2", "eu-north-1");
        var type = dice.Pick("t3.micro", "t3.medium", "t3.large", "m6i.large", "c6i.xlarge", "r6i.xlarge", "g4dn.xlarge");
        var ids = log.RunInstances(at, who, type, dice.Pick(1, 1, 1, 2), region);
        log.TerminateInstances(at.AddHours(dice.Between(0.5, 30)), who, ids, region);
    }
}
