// SPDX-License-Identifier: ISC
// The small old nodes as an object.
#include "classes.h"

LEGACY_TYPE(pass_type, pass_class, "PassThrough", "gives what it gets");
LEGACY_TYPE(echo_type, echo_class, "Echo", "gives what it gets, counted");
LEGACY_TYPE(calculator_type, calculator_class, "CalculatorNode",
            "a number with another: add, subtract, multiply, divide");
LEGACY_TYPE(multiply_type, multiply_class, "MultiplyNode",
            "a number times another");
LEGACY_TYPE(add_type, add_class, "AddNode", "a number and another");

RILL_LEGACY_OBJECT(&pass_type, &echo_type, &calculator_type, &multiply_type,
                   &add_type);
