# Sourced by the scripts that start a JVM. Finds the newest JDK.

NO_JDK="No JDK 21 or newer found. Install one, or set JAVA_HOME to its folder."

# Prints the feature version of the JDK in a folder; prints nothing if there is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folder of the JDK: JAVA_HOME if it has version 21 or newer, else the newest JDK in the usual folders on Linux.
newest_jdk() {
  local folder version best=20 found=
  if [ -n "${JAVA_HOME:-}" ]; then
    version=$(jdk_version "$JAVA_HOME")
    if [ "${version:-0}" -ge 21 ]; then
      echo "$JAVA_HOME"
      return 0
    fi
  fi
  for folder in /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/*; do
    version=$(jdk_version "$folder")
    if [ "${version:-0}" -gt "$best" ]; then
      best=$version
      found=$folder
    fi
  done
  [ -n "$found" ] && echo "$found"
}
