# Sourced by the scripts that start a JVM: the newest JDK, and what is said where none is new enough.

NO_JDK="No JDK 21 or newer was found: install one, or name its folder in JAVA_HOME."

# Prints the feature version of the JDK in a folder, or nothing.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folder of JAVA_HOME's JDK where it is new enough, else that of the newest one that is installed where Linux keeps them.
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
