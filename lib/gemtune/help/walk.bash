# shellcheck shell=bash
# The grammar of manuals and topics: lines of usage, paragraphs, terms with their meaning, and lines to type.
# A layout (page.bash, roff.bash) has lay_heading, lay_name, lay_usage, lay_text, lay_item and lay_code.

walk() { # manual_lines, block by block
  local line kind='' text='' term='' example='' code=''
  for line in ${manual_lines[@]+"${manual_lines[@]}"} ''; do
    case $line in
      'Usage: '*) begin_block usage "${line:7}" ;;
      'Summary: '*) end_block ;;
      Example: | Examples:) end_block && example=true ;;
      '' | '  '*) walk_indented "$line" ;;
      *)
        if [[ $kind == paragraph ]]; then text+=" $line"; else begin_block paragraph "$line" && example=''; fi
        ;;
    esac
  done
}

walk_indented() { # LINE
  if [[ -z $1 ]]; then
    end_block
  elif [[ -n $example || (-z $kind && $1 == '    '*) ]]; then
    end_block
    line=${1#  }
    code+=${line#"${line%%[! ]*}"}
    if [[ $code == *\\ ]]; then code=${code%\\}; else show_block code "$code" && code=''; fi
  elif [[ $kind == usage && $1 == '       '[a-z]* ]]; then
    begin_block usage "${1:7}"
  elif [[ $1 == '   '* ]]; then
    text+=" ${1#"${1%%[! ]*}"}"
  else
    end_block
    term=${1#  } && term=${term%%  *}
    line=${1#"  $term"}
    begin_block item "${line#"${line%%[! ]*}"}"
  fi
}

begin_block() { # KIND TEXT
  end_block
  kind=$1 text=$2
}

end_block() {
  [[ -z $kind ]] || show_block "$kind" "$text"
  kind=''
}

show_block() { # KIND TEXT  below the heading that it belongs to
  case $1 in
    usage) under SYNOPSIS && lay_usage "$2" ;;
    code) [[ -z $example ]] || under EXAMPLES && lay_code "$2" ;;
    paragraph) [[ $section != SYNOPSIS ]] || under DESCRIPTION && lay_text "$2" ;;
    item) [[ $term != -* || $section == *FLAGS ]] || under FLAGS && lay_item "$term" "$2" ;;
  esac
}

under() { # HEADING
  [[ $section == "$1" ]] || lay_heading "$1"
  section=$1
}
