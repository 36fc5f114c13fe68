#pragma once
#include <curl/curl.h>
#include <fcntl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot import: one inline per type.
static inline CURLcode sr_curl_set_long(CURL *h, CURLoption o, long v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sr_curl_set_offset(CURL *h, CURLoption o, curl_off_t v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sr_curl_set_string(CURL *h, CURLoption o, const char *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sr_curl_set_pointer(CURL *h, CURLoption o, void *v) { return curl_easy_setopt(h, o, v); }
static inline CURLcode sr_curl_set_list(CURL *h, CURLoption o, struct curl_slist *v) { return curl_easy_setopt(h, o, v); }

// For CURLOPT_WRITEFUNCTION, HEADERFUNCTION and READFUNCTION alike.
typedef size_t (*sr_curl_data_function)(char *, size_t, size_t, void *);
static inline CURLcode sr_curl_set_data_function(CURL *h, CURLoption o, sr_curl_data_function f) {
  return curl_easy_setopt(h, o, f);
}
typedef int (*sr_curl_seek_function)(void *, curl_off_t, int);
static inline CURLcode sr_curl_set_seek_function(CURL *h, sr_curl_seek_function f) {
  return curl_easy_setopt(h, CURLOPT_SEEKFUNCTION, f);
}
typedef int (*sr_curl_before_request_function)(void *, char *, char *, int, int);
static inline CURLcode sr_curl_set_before_request_function(CURL *h, sr_curl_before_request_function f) {
  return curl_easy_setopt(h, CURLOPT_PREREQFUNCTION, f);
}

// Told each address before it is connected to.
typedef curl_socket_t (*sr_curl_open_socket_function)(void *, curlsocktype, struct curl_sockaddr *);
static inline CURLcode sr_curl_set_open_socket_function(CURL *h, sr_curl_open_socket_function f) {
  return curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, f);
}
// The address is longer than its type says, so that Swift must not copy it.
static inline const struct sockaddr *sr_curl_socket_address(const struct curl_sockaddr *a) { return &a->addr; }

static int sr_curl_close_on_exec(void *data, curl_socket_t socket, curlsocktype purpose) {
  (void)data, (void)purpose;
  fcntl(socket, F_SETFD, FD_CLOEXEC);
  return CURL_SOCKOPT_OK;
}
// No program that is started meanwhile inherits a connection.
static inline CURLcode sr_curl_set_close_on_exec(CURL *h) {
  return curl_easy_setopt(h, CURLOPT_SOCKOPTFUNCTION, sr_curl_close_on_exec);
}

static inline CURLcode sr_curl_get_long(CURL *h, CURLINFO i, long *v) { return curl_easy_getinfo(h, i, v); }
static inline CURLMcode sr_curl_multi_set_long(CURLM *m, CURLMoption o, long v) { return curl_multi_setopt(m, o, v); }

// The result is a union, which Swift sees as unsafe.
static inline CURLcode sr_curl_message_result(const CURLMsg *message) { return message->data.result; }
