// error: conversion from|no viable conversion|could not convert
#include "shared/json.h"
#include "shared/secret.h"

ownkey::json convert(const ownkey::Secret& secret) { return secret; }
