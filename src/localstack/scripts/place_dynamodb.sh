#!/usr/bin/env bash
# Installs DynamoDB Local in the layout that LocalStack expects, from Maven's jars instead of AWS's zip file.
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
  # A line of a manifest has at most 72 bytes, so each jar has a line.
  for jar in "$target"/DynamoDBLocal_lib/*.jar; do printf ' \n  DynamoDBLocal_lib/%s' "$(basename "$jar")"; done
  echo
} > "$scratch/manifest"
"$java_home/bin/jar" --create --file "$target/DynamoDBLocal.jar" --manifest "$scratch/manifest"

# LocalStack starts DynamoDB Local with an agent that it would download. This empty agent replaces it.
cat > "$scratch/NoAgent.java" << 'JAVA'
public class NoAgent {
    public static void premain(String arguments, java.lang.instrument.Instrumentation instrumentation) {}
}
JAVA
"$java_home/bin/javac" -d "$scratch/classes" "$scratch/NoAgent.java"
echo 'Premain-Class: NoAgent' > "$scratch/agent-manifest"
"$java_home/bin/jar" --create --file "$target/ddb-local-loader-0.1.jar" --manifest "$scratch/agent-manifest" -C "$scratch/classes" .
