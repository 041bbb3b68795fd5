using System.IO;
using System.Linq;
using Makapix.Conformance;
using Makapix.Device.Host.Schemas;
using Makapix.Device.Payloads;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Makapix.Device.Tests.Payloads;

[TestClass]
public sealed class SchemaCompilerTests
{
    [TestMethod]
    public void The_committed_table_is_what_the_schemas_compile_to()
    {
        string committed = File.ReadAllText(Path.Combine(ContractSchemas.Root, "firmware/Makapix.Device/Payloads/SchemaTables.cs"));

        Assert.AreEqual(committed, SchemaCompiler.Compile(Path.Combine(ContractSchemas.Root, "firmware/schemas")), "Run: ./makapix schema compile");
    }

    [TestMethod]
    public void The_tables_are_small()
    {
        Assert.IsLessThan(1536, SchemaTables.Command().Length, "this one takes its size of the device's heap");
        Assert.IsLessThan(10240, SchemaTables.Names().Sum(name => SchemaTables.Find(name).Length));
    }

    [TestMethod]
    public void Each_message_of_the_protocol_has_a_schema() => CollectionAssert.AreEquivalent(
        new[] { "command", "command-ack", "status", "capabilities", "state", "request", "response", "view", "view-ack" }, SchemaTables.Names());

    [TestMethod]
    [DataRow("""{"patternProperties":{}}""")]
    [DataRow("""{"pattern":"a"}""")]
    [DataRow("""{"anyOf":[{}]}""")]
    [DataRow("""{"allOf":[{}]}""")]
    [DataRow("""{"not":{}}""")]
    [DataRow("""{"if":{}}""")]
    [DataRow("""{"uniqueItems":true}""")]
    [DataRow("""{"contains":{}}""")]
    [DataRow("""{"default":1}""")]
    [DataRow("""{"Type":"string"}""", DisplayName = "a keyword misspelled")]
    [DataRow("""{"properties":{"a":{"maxlength":1}}}""", DisplayName = "a keyword misspelled, inside")]
    [DataRow("""{"type":"text"}""")]
    [DataRow("""{"type":[]}""")]
    [DataRow("""{"type":7}""")]
    [DataRow("""{"format":"email"}""")]
    [DataRow("""{"const":[1]}""")]
    [DataRow("""{"enum":[]}""")]
    [DataRow("""{"enum":7}""")]
    [DataRow("""{"const":1,"enum":[1]}""")]
    [DataRow("""{"minLength":-1}""")]
    [DataRow("""{"maxLength":65535}""")]
    [DataRow("""{"maxLength":1.5}""")]
    [DataRow("""{"multipleOf":0}""")]
    [DataRow("""{"multipleOf":0.5}""")]
    [DataRow("""{"multipleOf":2147483648}""")]
    [DataRow("""{"minimum":"1"}""")]
    [DataRow("""{"minimum":1e400}""")]
    [DataRow("""{"minimum":1,"exclusiveMinimum":1}""")]
    [DataRow("""{"prefixItems":{}}""")]
    [DataRow("""{"properties":[]}""")]
    [DataRow("""{"properties":{"a":false}}""")]
    [DataRow("""{"required":"a"}""")]
    [DataRow("""{"required":["a"],"additionalProperties":false}""")]
    [DataRow("""{"$ref":"#/$defs/x"}""", DisplayName = "$ref to nothing")]
    [DataRow("""{"$ref":"other.json"}""", DisplayName = "$ref to another file")]
    [DataRow("""{"$ref":"https://example.org/x"}""", DisplayName = "$ref to the network")]
    [DataRow("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""", DisplayName = "$ref in a circle")]
    [DataRow("""{"$ref":"#/$defs/a","type":"string","$defs":{"a":{}}}""", DisplayName = "$ref with a neighbour")]
    [DataRow("""{"type":"object","oneOf":[]}""")]
    [DataRow("""{"oneOf":[{"properties":{"k":{"const":1}},"required":["k"]}]}""", DisplayName = "oneOf of what need not be an object")]
    [DataRow("""{"type":"object","oneOf":[{"properties":{"k":{"const":1}}},{"properties":{"k":{"const":2}}}]}""", DisplayName = "discriminator not required")]
    [DataRow("""{"type":"object","required":["k"],"oneOf":[{"properties":{"k":{"const":1}}},{"properties":{"k":{"enum":[2,1]}}}]}""", DisplayName = "discriminator with one value in two branches")]
    [DataRow("""{"type":"object","required":["k"],"oneOf":[{"properties":{"k":{"const":1}}},{"properties":{"k":{"type":"integer"}}}]}""", DisplayName = "discriminator without values")]
    [DataRow("""{"type":"object","required":["k"],"oneOf":[{"properties":{"k":{"const":1}},"maxProperties":1}]}""")]
    [DataRow("""{"type":"object","required":["k"],"additionalProperties":false,"properties":{"k":{}},"oneOf":[{"properties":{"k":{"const":1}}}]}""")]
    [DataRow("""{"type":"object","required":["k","j"],"properties":{"k":{},"j":{}},"oneOf":[{"properties":{"k":{"const":1}},"additionalProperties":false}]}""")]
    [DataRow("""{"type":"object","required":["k"],"properties":{"k":{},"j":{"minimum":1}},"oneOf":[{"properties":{"k":{"const":1},"j":{"maximum":9}}}]}""")]
    [DataRow("7")]
    [DataRow("false")]
    public void What_the_device_does_not_enforce_does_not_compile(string schema) =>
        Assert.Contains("MKX-SCHEMA-001", Assert.ThrowsExactly<SchemaException>(() => SchemaCompiler.CompileTable("test", schema)).Message);

    [TestMethod]
    [DataRow("""{"type":""", DisplayName = "not JSON")]
    [DataRow("""{"type":"string","type":"null"}""", DisplayName = "a keyword twice")]
    public void A_file_that_is_no_schema_is_named(string text) =>
        Assert.StartsWith("MKX-SCHEMA-003: test.schema.json: ", Assert.ThrowsExactly<SchemaException>(() => SchemaCompiler.CompileTable("test", text)).Message);

    [TestMethod]
    public void More_properties_than_the_guard_has_bits_do_not_compile()
    {
        string Of(int count) => "{\"properties\":{" + string.Join(",", Enumerable.Range(0, count).Select(i => $"\"p{i}\":{{}}")) + "}}";

        Assert.IsNotEmpty(SchemaCompiler.CompileTable("test", Of(32)));
        Assert.ThrowsExactly<SchemaException>(() => SchemaCompiler.CompileTable("test", Of(33)));
    }

    [TestMethod]
    public void A_folder_without_schemas_is_an_error() =>
        Assert.Contains("MKX-SCHEMA-002", Assert.ThrowsExactly<SchemaException>(() => SchemaCompiler.Compile("no such folder")).Message);
}
