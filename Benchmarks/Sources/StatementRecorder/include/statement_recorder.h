// Nothing to call: the library does its work where it is preloaded.
#pragma once
