#!/usr/bin/env bash
# Installs LocalStack from PyPI and Maven's repository. Needs no Docker and no account.
#
#   setup.sh            prints the installation's folder
#
# The installation is kept in UNDERRET_CACHE (default: .cache in the project). It takes about a minute and 600 MB. The Python part is
# installed again when its requirements change, and the Java part when its versions in pom.xml change.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
home=${UNDERRET_CACHE:-$root/.cache}/localstack
# shellcheck source=../../test/python.sh
source "$here/../../test/python.sh"
# shellcheck source=java.sh
source "$here/java.sh"

stamp_of() { cat "$@" | sha256sum | cut -c1-12; }

java_home=$(newest_jdk) || { echo "$NO_JDK" >&2; exit 3; }
mkdir -p "$home"

python_stamp=$home/.python-$(stamp_of "$here/requirements.txt" "$here/plugin/underret_older_python.py")
if [ ! -f "$python_stamp" ]; then
  python=$(supported_python) || { echo "$NO_PYTHON" >&2; exit 3; }
  echo "installing LocalStack into $home" >&2
  rm -rf "$home/venv" "$home"/.python-*
  "$python" -m venv "$home/venv"
  "$home/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$here/requirements.txt" >&2
  packages=$("$home/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
  cp "$here/plugin/underret_older_python.py" "$packages/"
  echo "import underret_older_python" > "$packages/underret_older_python.pth"
  touch "$python_stamp"
fi

versions=$(grep -A1 -E '<artifactId>(DynamoDBLocal|aws-lambda-java-(core|runtime-interface-client))<' "$root/pom.xml")
java_stamp=$home/.java-$(stamp_of <(echo "$versions") "$here/setup.sh" "$here/place_dynamodb.sh")
if [ ! -f "$java_stamp" ]; then
  echo "copying DynamoDB Local and Lambda's runtime client into $home" >&2
  rm -rf "$home/dynamodb" "$home/runtime-client" "$home/root" "$home"/.java-*
  copy() { mvn -q -B -ntp -f "$root/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies "$@" >&2; }
  # DynamoDB Local has the version of the tests' class path. The runtime client is copied without the function's own libraries:
  # they would hide the libraries of the tested artefact.
  copy -DincludeScope=test -DoutputDirectory="$home/dynamodb"
  copy -DincludeScope=test -DoutputDirectory="$home/runtime-client" \
    -DincludeArtifactIds=aws-lambda-java-runtime-interface-client,aws-lambda-java-core,aws-lambda-java-serialization,utils-lite
  "$here/place_dynamodb.sh" "$home/root" "$home/dynamodb" "$java_home"
  touch "$java_stamp"
fi
echo "$home"
