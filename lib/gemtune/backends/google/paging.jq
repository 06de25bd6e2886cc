# Pages, as Google's newer APIs have them: https://google.aip.dev/158

# Of a page, and the URL of the first one: the URL of the next; "" where it is the last.
def next_page($url):
  (.nextPageToken // "") as $token
  | if $token == "" then ""
    else "\($url)\(if $url | contains("?") then "&" else "?" end)pageToken=\($token | @uri)" end;
