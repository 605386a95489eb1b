using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Accounts;

/// <summary>What goes on in an account on ordinary days. May keep what runs between the days; each day is lived once, in order.</summary>
public abstract class AccountLife(Account account)
{
    /// <summary>The account.</summary>
    public Account Account { get; } = account;

    /// <summary>Sets up what stands there for good; called once, on the first day.</summary>
    public virtual void Begin(Day day, CallLog log) { }

    /// <summary>Lives a day: makes its calls, all of them at or after its midnight, some perhaps on later days.</summary>
    public abstract void Live(Day day, CallLog log, Labels labels);

    /// <summary>One of the account's people.</summary>
    protected Caller Somebody(Dice dice) => Caller.Person(Account, dice.Pick([.. Account.People]));

    /// <summary>The account's Terraform pipeline; each run has a session of its own.</summary>
    protected Caller TerraformRun(Dice dice) => Caller.Automation(Account, "terraform-apply", "run-" + dice.Code(12), Caller.Terraform);

    /// <summary>Amazon EC2 Auto Scaling.</summary>
    public static Caller AutoScaling(Account account) => Caller.Service(account, "AWSServiceRoleForAutoScaling", "AutoScaling", "autoscaling.amazonaws.com");
}
