namespace DdocCost.Jobs.Aws;

/// <summary>How a service writes its requests and answers. https://smithy.io/2.0/aws/protocols/</summary>
public enum AwsProtocol
{
    /// <summary>JSON 1.0: everything a POST to <c>/</c>, the operation in <c>X-Amz-Target</c>.</summary>
    Json10,

    /// <summary>JSON 1.1, which differs in the content type only.</summary>
    Json11,

    /// <summary>Form in, XML out.</summary>
    Query,

    /// <summary>EC2's own: form in, XML out, with other names for errors and lists.</summary>
    Ec2Query,

    /// <summary>Paths and JSON.</summary>
    RestJson,

    /// <summary>Paths and XML.</summary>
    RestXml,
}
