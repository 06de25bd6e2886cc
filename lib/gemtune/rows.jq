# Lines of cells with tabs between; 0x1e stands for a new line within a cell.

def objects($columns): # a member for each column; null where the cell is empty
  ($columns | split(",")) as $names
  | split("\n") | map(select(. != "") | split("\t") | [$names, .] | transpose
    | map({key: .[0], value: (if .[0] == "is_active" then .[1] == "true" elif .[1] == "" then null
      else .[1] | split("\u001e") | join("\n") end)})
    | from_entries);

def object($columns): objects($columns)[0] | if has("exitCode") then .exitCode |= tonumber else . end;

def configuration($columns): # as gcloud describes one
  objects($columns)[0] | {is_active, name, properties: 
    {core: del(.is_active, .name) | with_entries(select(.value != null))}};
