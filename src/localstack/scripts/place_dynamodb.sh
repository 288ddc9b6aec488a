#!/usr/bin/env bash
# Lays DynamoDB Local out as LocalStack looks for it, from the jars of Maven's repository instead of AWS's zip.
#
#   place_dynamodb.sh ROOT JARS JAVA_HOME
set -euo pipefail
root=$1 jars=$2 java_home=$3
packages=$root/var/lib/localstack/lib
target=$packages/dynamodb-local/2
mkdir -p "$target/DynamoDBLocal_lib" "$packages/java"
ln -sfn "$java_home" "$packages/java/21"
cp "$jars"/*.jar "$target/DynamoDBLocal_lib/"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
{
  echo 'Main-Class: software.amazon.dynamodb.services.local.main.ServerRunner'
  echo 'Enable-Native-Access: ALL-UNNAMED'
  printf 'Class-Path:'
  # A manifest's line has 72 bytes at the most: one jar a line.
  for jar in "$target"/DynamoDBLocal_lib/*.jar; do printf ' \n  DynamoDBLocal_lib/%s' "$(basename "$jar")"; done
  echo
} > "$scratch/manifest"
"$java_home/bin/jar" --create --file "$target/DynamoDBLocal.jar" --manifest "$scratch/manifest"

# LocalStack starts it with an agent that it would download; one that does nothing stands in for it.
cat > "$scratch/NoAgent.java" << 'JAVA'
public class NoAgent {
    public static void premain(String arguments, java.lang.instrument.Instrumentation instrumentation) {}
}
JAVA
"$java_home/bin/javac" -d "$scratch/classes" "$scratch/NoAgent.java"
echo 'Premain-Class: NoAgent' > "$scratch/agent-manifest"
"$java_home/bin/jar" --create --file "$target/ddb-local-loader-0.1.jar" --manifest "$scratch/agent-manifest" -C "$scratch/classes" .
