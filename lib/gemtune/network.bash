# shellcheck shell=bash
# The way out, the same for curl and for Python: the certificates to trust, and the proxy.

system_certificates='/etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt
/etc/ssl/ca-bundle.pem /etc/ssl/cert.pem'
network_is_shared=false

share_network() { # exports what each of them reads; once
  [[ $network_is_shared == false ]] || return 0
  network_is_shared=true
  certificates
  [[ -z $REPLY ]] || export REQUESTS_CA_BUNDLE=$REPLY
  [[ $ORIGIN == "the system's" ]] || trust "$REPLY"
  proxy || return 0
  export https_proxy=$REPLY HTTPS_PROXY=$REPLY
  ! from_environment no_proxy NO_PROXY || export no_proxy=${REPLY//\*./.} NO_PROXY=${REPLY//\*./.}
}

certificates() { # sets REPLY to the file that is trusted, and ORIGIN; without anybody's word, curl chooses itself
  local file
  setting ca_file
  if [[ -n $REPLY ]]; then
    check_ca_file
    return
  fi
  for file in $system_certificates; do
    [[ ! -r $file ]] || { REPLY=$file && break; }
  done
  ORIGIN="the system's"
}

settle_ca_file() {
  from_flag --ca-file "$flag_ca_file" ||
    from_environment CURL_CA_BUNDLE REQUESTS_CA_BUNDLE SSL_CERT_FILE CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE ||
    from_configuration ca_file || from_gcloud custom_ca_certs_file || from_default ''
}

check_ca_file() {
  [[ -r $REPLY ]] || die usage "There is no file '$REPLY' that you can read ($ORIGIN)." \
    "It holds the certificates to trust, in PEM form. Without it the system's are trusted."
  [[ $REPLY == /* ]] || REPLY=$PWD/$REPLY
}

trust() { # FILE|FOLDER  what curl reads; a folder as c_rehash makes it
  unset CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR
  if [[ -d $1 ]]; then export SSL_CERT_DIR=$1; else export CURL_CA_BUNDLE=$1 SSL_CERT_FILE=$1; fi
}

proxy() { # sets REPLY to its URL, and ORIGIN; fails where there is none
  from_environment https_proxy HTTPS_PROXY all_proxy ALL_PROXY || return 1
  [[ $REPLY == *://* ]] || REPLY=http://$REPLY
}
