# Lines of doctor's cells, with tabs between; 0x1e stands for a new line in the last one.

def findings:
  split("\n") | map(select(. != "") | split("\t")
    | {id: .[0], state: .[1], sentence: .[2], nextStep: (.[3] | if . == "" then null else split("\u001e") | join("\n") end)});
