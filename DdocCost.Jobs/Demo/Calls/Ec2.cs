using DdocCost.Jobs.Demo.Trail;

namespace DdocCost.Jobs.Demo.Calls;

/// <summary>Calls to Amazon EC2: instances, volumes, gateways, addresses, endpoints.</summary>
/// <remarks>Shapes as CloudTrail logs them: Amazon EC2 user guide, "Log Amazon EC2 API calls using AWS CloudTrail".</remarks>
public static class Ec2
{
    /// <summary>Launches instances; returns their ids, none where refused.</summary>
    public static IReadOnlyList<string> RunInstances(
        this CallLog log, DateTimeOffset at, Caller who, string type, int count, string? region = null, bool spot = false, string? name = null, Refusal? refused = null)
    {
        var dice = log.Dice;
        region ??= log.Account.Region;
        var zone = region + dice.Pick("a", "b", "c");
        var image = log.Account.Id17("ami", "image");
        var subnet = log.Account.Id17("subnet", zone);
        var token = dice.NewId();
        var tags = new { items = new[] { new { key = "Name", value = name ?? log.Account.Kind } } };
        var ids = Enumerable.Range(0, count).Select(_ => "i-0" + dice.Hex(16)).ToArray();
        var request = new
        {
            instancesSet = new { items = new[] { new { imageId = image, minCount = count, maxCount = count } } },
            instanceType = type,
            blockDeviceMapping = new { },
            monitoring = new { enabled = false },
            disableApiTermination = false,
            disableApiStop = false,
            clientToken = token,
            subnetId = subnet,
            instanceMarketOptions = spot ? new { marketType = "spot" } : null,
            tagSpecificationSet = new { items = new[] { new { resourceType = "instance", tags = tags.items } } },
        };
        var response = new
        {
            requestId = dice.NewId(),
            reservationId = "r-0" + dice.Hex(16),
            ownerId = log.Account.Id,
            groupSet = new { },
            instancesSet = new { items = ids.Select((id, index) => Launched(id, index)).ToArray() },
        };
        log.Record(at, who, new ApiCall("ec2", "RunInstances", request, response, Refused: refused), region);
        return refused is null ? ids : [];

        object Launched(string id, int index)
        {
            var address = $"10.0.{dice.Whole(0, 255)}.{dice.Whole(4, 254)}";
            return new
            {
                instanceId = id,
                imageId = image,
                instanceState = new { code = 0, name = "pending" },
                privateDnsName = $"ip-{address.Replace('.', '-')}.{region}.compute.internal",
                amiLaunchIndex = index,
                productCodes = new { },
                instanceType = type,
                launchTime = at.ToUnixTimeMilliseconds(),
                placement = new { availabilityZone = zone, tenancy = "default" },
                monitoring = new { state = "disabled" },
                subnetId = subnet,
                vpcId = log.Account.Id17("vpc", region),
                privateIpAddress = address,
                architecture = "x86_64",
                rootDeviceType = "ebs",
                rootDeviceName = "/dev/xvda",
                virtualizationType = "hvm",
                hypervisor = "xen",
                tagSet = tags,
                instanceLifecycle = spot ? "spot" : null,
                clientToken = token,
                ebsOptimized = true,
            };
        }
    }

    /// <summary>Terminates instances.</summary>
    public static void TerminateInstances(this CallLog log, DateTimeOffset at, Caller who, IReadOnlyList<string> ids, string? region = null) =>
        log.ChangeState("TerminateInstances", at, who, ids, region, (32, "shutting-down"), (16, "running"));

    /// <summary>Stops instances without ending them.</summary>
    public static void StopInstances(this CallLog log, DateTimeOffset at, Caller who, IReadOnlyList<string> ids, string? region = null) =>
        log.ChangeState("StopInstances", at, who, ids, region, (64, "stopping"), (16, "running"));

    /// <summary>Starts stopped instances.</summary>
    public static void StartInstances(this CallLog log, DateTimeOffset at, Caller who, IReadOnlyList<string> ids, string? region = null) =>
        log.ChangeState("StartInstances", at, who, ids, region, (0, "pending"), (80, "stopped"));

    /// <summary>Creates a volume; returns its id.</summary>
    /// <param name="log">Where.</param>
    /// <param name="at">When.</param>
    /// <param name="who">Who.</param>
    /// <param name="type">gp3, io2, …</param>
    /// <param name="gib">Size in GiB.</param>
    /// <param name="iops">Provisioned I/O operations a second, or null for the type's own.</param>
    public static string CreateVolume(this CallLog log, DateTimeOffset at, Caller who, string type, int gib, int? iops = null)
    {
        var id = "vol-0" + log.Dice.Hex(16);
        var size = $"{gib}";
        var zone = log.Account.Region + "a";
        var request = new { size, zone, volumeType = type, iops = iops is null ? null : $"{iops}", encrypted = true, clientToken = log.Dice.NewId() };
        var response = new
        {
            requestId = log.Dice.NewId(),
            volumeId = id,
            size,
            zone,
            status = "creating",
            createTime = at.ToUnixTimeMilliseconds(),
            volumeType = type,
            iops = iops ?? (type == "gp3" ? 3000 : null as int?),
            encrypted = true,
            tagSet = new { },
            multiAttachEnabled = false,
            throughput = type == "gp3" ? 125 : null as int?,
        };
        log.Record(at, who, new ApiCall("ec2", "CreateVolume", request, response));
        return id;
    }

    /// <summary>Deletes a volume.</summary>
    public static void DeleteVolume(this CallLog log, DateTimeOffset at, Caller who, string id) =>
        log.Record(at, who, new ApiCall("ec2", "DeleteVolume", new { volumeId = id }, new { requestId = log.Dice.NewId(), _return = true }));

    /// <summary>Creates a NAT gateway; returns its id.</summary>
    public static string CreateNatGateway(this CallLog log, DateTimeOffset at, Caller who, string allocationId, string? region = null)
    {
        var id = "nat-0" + log.Dice.Hex(16);
        var subnet = "subnet-0" + log.Dice.Hex(16);
        var token = log.Dice.NewId();
        var request = new { CreateNatGatewayRequest = new { ConnectivityType = "public", AllocationId = allocationId, SubnetId = subnet, ClientToken = token } };
        var response = new
        {
            CreateNatGatewayResponse = new
            {
                xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/",
                natGateway = new
                {
                    connectivityType = "public",
                    subnetId = subnet,
                    natGatewayAddressSet = new { item = new { isPrimary = true, allocationId, status = "associating" } },
                    createTime = TrailRecord.Iso(at),
                    vpcId = log.Account.Id17("vpc", region ?? log.Account.Region),
                    natGatewayId = id,
                    state = "pending",
                },
                requestId = log.Dice.NewId(),
                clientToken = token,
            },
        };
        log.Record(at, who, new ApiCall("ec2", "CreateNatGateway", request, response), region);
        return id;
    }

    /// <summary>Deletes a NAT gateway.</summary>
    public static void DeleteNatGateway(this CallLog log, DateTimeOffset at, Caller who, string id, string? region = null)
    {
        var response = new { DeleteNatGatewayResponse = new { xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/", requestId = log.Dice.NewId(), natGatewayId = id } };
        log.Record(at, who, new ApiCall("ec2", "DeleteNatGateway", new { DeleteNatGatewayRequest = new { NatGatewayId = id } }, response), region);
    }

    /// <summary>Allocates a public address; returns its allocation id.</summary>
    public static string AllocateAddress(this CallLog log, DateTimeOffset at, Caller who, string? region = null)
    {
        var id = "eipalloc-0" + log.Dice.Hex(16);
        var response = new
        {
            requestId = log.Dice.NewId(),
            publicIp = $"198.51.100.{log.Dice.Whole(1, 254)}",
            domain = "vpc",
            allocationId = id,
            publicIpv4Pool = "amazon",
            networkBorderGroup = region ?? log.Account.Region,
        };
        log.Record(at, who, new ApiCall("ec2", "AllocateAddress", new { domain = "vpc" }, response), region);
        return id;
    }

    /// <summary>Releases a public address.</summary>
    public static void ReleaseAddress(this CallLog log, DateTimeOffset at, Caller who, string allocationId, string? region = null) =>
        log.Record(at, who, new ApiCall("ec2", "ReleaseAddress", new { allocationId }, new { requestId = log.Dice.NewId(), _return = true }), region);

    /// <summary>Creates an interface endpoint to an AWS service in some subnets; returns its id.</summary>
    public static string CreateVpcEndpoint(this CallLog log, DateTimeOffset at, Caller who, string service, int subnets)
    {
        var id = "vpce-0" + log.Dice.Hex(16);
        var region = log.Account.Region;
        var vpc = log.Account.Id17("vpc", region);
        var serviceName = $"com.amazonaws.{region}.{service}";
        var subnetIds = Enumerable.Range(1, subnets).Select(n => log.Account.Id17("subnet", $"endpoint-{n}")).ToArray();
        var request = new
        {
            CreateVpcEndpointRequest = new
            {
                VpcEndpointType = "Interface",
                VpcId = vpc,
                ServiceName = serviceName,
                PrivateDnsEnabled = true,
                SubnetId = subnetIds.Select((content, index) => new { tag = index + 1, content }).ToArray(),
            },
        };
        var response = new
        {
            CreateVpcEndpointResponse = new
            {
                xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/",
                requestId = log.Dice.NewId(),
                vpcEndpoint = new
                {
                    vpcEndpointId = id,
                    vpcEndpointType = "Interface",
                    vpcId = vpc,
                    serviceName,
                    state = "pending",
                    subnetIdSet = new { item = subnetIds },
                    creationTimestamp = TrailRecord.Iso(at),
                },
            },
        };
        log.Record(at, who, new ApiCall("ec2", "CreateVpcEndpoint", request, response));
        return id;
    }

    /// <summary>Deletes interface endpoints.</summary>
    public static void DeleteVpcEndpoints(this CallLog log, DateTimeOffset at, Caller who, IReadOnlyList<string> ids)
    {
        var request = new { DeleteVpcEndpointsRequest = new { VpcEndpointId = ids.Select((content, index) => new { tag = index + 1, content }).ToArray() } };
        var response = new { DeleteVpcEndpointsResponse = new { xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/", requestId = log.Dice.NewId(), unsuccessful = "" } };
        log.Record(at, who, new ApiCall("ec2", "DeleteVpcEndpoints", request, response));
    }

    private static void ChangeState(
        this CallLog log, string name, DateTimeOffset at, Caller who, IReadOnlyList<string> ids, string? region, (int Code, string Name) current, (int Code, string Name) previous)
    {
        var request = new { instancesSet = new { items = ids.Select(id => new { instanceId = id }).ToArray() } };
        var items = ids.Select(id => new
        {
            instanceId = id,
            currentState = new { code = current.Code, name = current.Name },
            previousState = new { code = previous.Code, name = previous.Name },
        });
        log.Record(at, who, new ApiCall("ec2", name, request, new { requestId = log.Dice.NewId(), instancesSet = new { items = items.ToArray() } }), region);
    }
}
