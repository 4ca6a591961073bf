# shellcheck shell=bash disable=SC2154
# `./faxbot test [PART]...`, sourced by the launcher. Every test/*.Tests program runs once, two at a time, and the interop tests at the end
# by themselves: their peers keep real time and want the processor at once. A program that crashes, hangs or runs no test is a failure.

INTEROP=Faxbot.Interop.Tests

test_projects() {
  local folder name
  for folder in "$ROOT"/test/*.Tests; do
    name=${folder##*/}
    [[ $name == "$INTEROP" ]] || echo "$name"
  done
  echo "$INTEROP"
}

# run_project NAME FILTERS...: leaves NAME.xml (counts), NAME.log (what failed) and NAME.status in $RESULTS.
run_project() {
  local name=$1 status=0 start=$SECONDS
  shift
  rm -f "$RESULTS/$name".*
  # Programs that live for seconds compile faster when the runtime measures nothing for a second time of compiling.
  (cd "$ROOT" && exec env DOTNET_TieredPGO=0 timeout -k 20 "${FAXBOT_TEST_SECONDS:-1200}" "$DOTNET" "test/$name/bin/Release/net10.0/$name.dll" \
    -noLogo -noColor -noAutoReporters -reporter quiet -failSkips -longRunning 240 -result-xml "$RESULTS/$name.xml" "$@") \
    >"$RESULTS/$name.log" 2>&1 </dev/null || status=$?
  echo "$status $((SECONDS - start))" >"$RESULTS/$name.status"
}

count_of() { # attribute NAME: summed over the assemblies of the result file
  { grep -o '<assembly [^>]*>' "$RESULTS/$2.xml" 2>/dev/null || true; } |
    { grep -o " $1=\"[0-9]*\"" || true; } | { tr -dc '0-9\n'; echo; } | awk '{ n += $1 } END { print n + 0 }'
}

# Prints what became of NAME and adds it to PASSED and FAILED.
report_project() {
  local name=$1 status seconds passed failed why=
  read -r status seconds <"$RESULTS/$name.status"
  passed=$(count_of passed "$name")
  failed=$(($(count_of failed "$name") + $(count_of errors "$name") + $(count_of skipped "$name")))
  if ((failed == 0)); then
    if ((status == 124 || status == 137)); then why="was killed: it did not end within ${FAXBOT_TEST_SECONDS:-1200} seconds"
    elif ((status != 0)); then why="ended with exit code $status"
    elif ((passed == 0)) && [[ -z $NAMES ]]; then why="ran no test"
    fi
    [[ -z $why ]] || failed=1
  fi
  ((passed + failed == 0)) || printf '%-30s %5d passed %4d failed %6d s%s\n' "$name" "$passed" "$failed" "$seconds" "${why:+   $why}"
  if ((failed)); then
    sed 's/^/    /' "$RESULTS/$name.log" | head -n 400
    printf '    (all of it: %s)\n' "$RESULTS/$name.log"
  fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
}

cmd_test() {
  local part project filters=() chosen=() queue=() matched pid
  declare -A running=()
  NAMES='' PASSED=0 FAILED=0 RESULTS=$OUT/test

  for part in "$@"; do
    [[ $part != -* ]] || die $EX_USAGE "test: there is no option $part; name a project, a class or a test (a part of the name will do)"
    matched=
    for project in $(test_projects); do
      if [[ ${project,,} == *"${part,,}"* ]]; then chosen+=("$project"); matched=1; fi
    done
    [[ -n $matched ]] || { filters+=(-method "*$part*"); NAMES+="${NAMES:+, }$part"; }
  done
  ((${#chosen[@]})) || mapfile -t chosen < <(test_projects)

  install_packages "${TEST_PACKAGES[@]}"
  build Faxbot.slnx solution "$ROOT/test/Faxbot.Interop.Tests/bin/Release/net10.0/Faxbot.Interop.Tests.dll" src plugins test bench
  mkdir -p "$RESULTS"

  trap 'for pid in "${!running[@]}"; do pkill -TERM -P "$pid"; done 2>/dev/null; exit 130' INT TERM
  queue=("${chosen[@]}")
  while ((${#queue[@]} + ${#running[@]})); do
    while ((${#queue[@]} && ${#running[@]} < 2)); do
      [[ ${queue[0]} != "$INTEROP" ]] || ((${#running[@]} == 0)) || break
      run_project "${queue[0]}" "${filters[@]}" &
      running[$!]=${queue[0]}
      queue=("${queue[@]:1}")
    done
    wait -n -p pid "${!running[@]}" || true
    report_project "${running[$pid]}"
    unset "running[$pid]"
  done
  trap - INT TERM

  if ((PASSED + FAILED == 0)); then
    say "no test's full name contains: $NAMES"
    FAILED=1
  fi
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  ((FAILED == 0))
}
